package bellwether.simulator;

import java.time.Instant;

/**
 * An answer as a simulated tool tells it: the truth that whoever read all of it should have.
 *
 * @param key the tool's id, after the survey's and a colon where ids are unique only within one
 * @param survey as the tool tells it, or null
 * @param nps whether it answers the NPS question
 * @param day true where only the day of the answer is told; {@code answered} is then its noon in UTC
 * @param listed the time by which the tool lists it, or null where its list is read whole
 * @param updated null if that is not told
 * @param person the tool's id of the person, else the e-mail address, or null
 * @param email of the person, or null
 * @param usable false for a row that is plainly bad
 */
public record Told(
        String key,
        String survey,
        boolean nps,
        Integer score,
        String comment,
        Instant answered,
        boolean day,
        Instant listed,
        Instant updated,
        boolean excluded,
        String person,
        String email,
        boolean usable) {}
