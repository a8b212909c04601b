package bellwether.simulator;

/** A request a simulator will not serve, and why. */
final class Refused extends RuntimeException {
    Refused(String why) {
        super(why, null, false, false);
    }
}
