package bellwether.simulator;

/** The REST resources of the CRM below {@code /services/data}. */
interface Resources {
    /** Does what a logged-in client asks. Called by several threads at once. */
    Answer answer(Request request, String by);

    Counts counts();
}
