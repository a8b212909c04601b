package bellwether.mapping;

/** The words a tool's record can be mapped to, each with the conversion it has unless the file says otherwise. */
public enum Word {
    ID(Conversion.TEXT),
    SURVEY(Conversion.TEXT),
    RESPONDENT(Conversion.TEXT),
    SCORE(Conversion.SCORE),
    COMMENT(Conversion.COMMENT),
    ANSWERED_AT(Conversion.INSTANT),
    CREATED_AT(Conversion.INSTANT),
    UPDATED_AT(Conversion.INSTANT),
    COMPLETED(Conversion.BOOLEAN),
    EXCLUDED(Conversion.BOOLEAN),
    CHANNEL(Conversion.TEXT),
    TAGS(Conversion.TAGS),
    PROPERTIES(Conversion.MAP),
    EMAIL(Conversion.EMAIL),
    PHONE(Conversion.TEXT),
    NAME(Conversion.TEXT),
    EXTERNAL_ID(Conversion.TEXT),
    CRM_ID(Conversion.TEXT),
    METRIC(Conversion.METRIC),
    DATE_ONLY(Conversion.BOOLEAN),
    SENT_AT(Conversion.INSTANT),
    STATUS(Conversion.TEXT),
    LAST_SURVEYED_AT(Conversion.INSTANT),
    DO_NOT_SURVEY_UNTIL(Conversion.INSTANT),
    EXCLUDED_REASON(Conversion.TEXT);

    final Conversion usual;

    Word(Conversion usual) {
        this.usual = usual;
    }

    /** As written in a file: {@code answered_at}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
