package bellwether.nps;

/** Which account an answer belongs to when its contact has changed accounts. */
public enum AttributeBy {
    /** The contact's account today. */
    NOW,
    /** The contact's account when it was given. */
    ANSWER
}
