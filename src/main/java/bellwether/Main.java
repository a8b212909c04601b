package bellwether;

/** Starts Bellwether. */
public final class Main {
    public static void main(String[] args) {
        System.out.println("bellwether");
    }
}
