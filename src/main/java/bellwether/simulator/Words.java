package bellwether.simulator;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Names of the made-up company's people and customers. */
final class Words {
    static final List<String> FIRST = List.of(
            "Ana", "José", "Zoë", "Müge", "Ingrid", "Björn", "Chloé", "Łukasz", "Marek", "Priya", "Wei", "Yuki", "Omar",
            "Layla", "Tom", "Grace", "Noah", "Olga", "Dmitri", "Fatima", "Kofi", "Amara", "Liam", "Sofía", "Jürgen",
            "Anaïs", "Hiro", "Nadia", "Pedro", "Eva");
    static final List<String> LAST = List.of(
            "Ruiz",
            "García",
            "Öztürk",
            "Lindqvist",
            "Sørensen",
            "Nowak",
            "Dubois",
            "Patel",
            "Chen",
            "Tanaka",
            "Haddad",
            "Okafor",
            "Smith",
            "O'Brien",
            "Petrova",
            "Ivanov",
            "Mensah",
            "Weiß",
            "Castañeda",
            "Novák",
            "Rossi",
            "Kim",
            "Silva",
            "van Dijk",
            "Nakamura",
            "Baker",
            "Costa",
            "Lévy");
    static final List<String> COMPANY = List.of(
            "Acme",
            "Northwind",
            "Globex",
            "Initech",
            "Umbra",
            "Vertex",
            "Lumen",
            "Quanta",
            "Blue Harbor",
            "Cedar",
            "Delta Works",
            "Evergreen",
            "Foxglove",
            "Granite",
            "Helios",
            "Ironwood",
            "Juniper",
            "Kestrel",
            "Larkspur",
            "Meridian",
            "Nimbus",
            "Orchard",
            "Pinnacle",
            "Quarry");
    static final List<String> KIND = List.of(
            "Logistics",
            "Software",
            "Foods",
            "Health",
            "Media",
            "Bank",
            "Labs",
            "Robotics",
            "Retail",
            "Energy",
            "Freight",
            "Schools");
    static final List<String> FORM = List.of("Inc.", "GmbH", "Ltd", "S.A.", "AB", "LLC", "& Co.");
    static final List<String> TITLES = List.of(
            "Executive Sponsor",
            "Key Contact",
            "Key Contact",
            "Administrator",
            "End User",
            "End User",
            "End User",
            "End User",
            "End User");
    static final List<String> DEPARTMENTS =
            List.of("Operations", "Operations", "IT", "IT", "Finance", "Marketing", "Sales", "Support");
    static final List<String> COUNTRIES = List.of(
            "United States", "United States", "Germany", "United Kingdom", "France", "Japan", "Brazil", "Australia");
    static final List<String> PLANS = List.of("free", "team", "business", "enterprise");
    static final List<String> TAGS = List.of("onboarding", "pricing", "support", "performance", "renewal");

    private static final Map<String, String> PLAIN = new ConcurrentHashMap<>();

    private Words() {}

    /** Plain lower-case ASCII letters and digits of a name, as found in e-mail addresses and domains. */
    static String plain(String name) {
        return PLAIN.computeIfAbsent(name, Words::flattened);
    }

    private static String flattened(String name) {
        String flat = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFD)
                .replace("ß", "ss")
                .replace("ø", "o")
                .replace("Ł", "L")
                .replace("ł", "l")
                .replace("ı", "i");
        StringBuilder out = new StringBuilder();
        for (char c : flat.toCharArray()) {
            if (c < 128 && Character.isLetterOrDigit(c)) {
                out.append(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }
}
