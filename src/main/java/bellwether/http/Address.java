package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;

/** Where a request goes: the base address and the declared hosts, and nowhere else. */
final class Address {
    private final Wire wire;

    Address(Wire wire) {
        this.wire = wire;
    }

    /**
     * The absolute address of a request, query encoded.
     *
     * @throws FaultException config, when it is no address or its host is not declared
     */
    URI of(Request request) {
        String path = request.path();
        String address =
                path.matches("(?i)https?://.*") ? path : join(wire.base().toString(), path);
        StringJoiner query = new StringJoiner("&");
        request.query().forEach(p -> query.add(encode(p.name()) + "=" + encode(p.value())));
        if (query.length() > 0) {
            address += (address.indexOf('?') < 0 ? "?" : "&") + query;
        }
        return declared(parse(address));
    }

    /** Where a redirect leads, seen from the address that gave it. */
    URI redirected(URI from, String location) {
        try {
            return declared(from.resolve(location));
        } catch (IllegalArgumentException e) {
            throw refused("REDIRECTED", "answered with a redirect that is no address");
        }
    }

    /** Credentials go to the scheme, host and port of the base address only. */
    boolean trusted(URI address) {
        return address.getScheme().equalsIgnoreCase(wire.base().getScheme())
                && authority(address).equals(authority(wire.base()));
    }

    private URI declared(URI address) {
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            throw refused("HOST_NOT_DECLARED", "led to an address without a plain host name");
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        boolean declared =
                trusted(address) || wire.hosts().contains(host) || wire.hosts().contains(host + ":" + port(address));
        if (!declared || !address.getScheme().matches("(?i)https?")) {
            throw refused("HOST_NOT_DECLARED", "led to " + address.getScheme() + "://" + host + ":" + port(address));
        }
        return address;
    }

    private FaultException refused(String code, String what) {
        return new FaultException(new Fault.Config(
                wire.step(),
                code,
                "A call of " + wire.connection() + " " + what
                        + ", which is neither its base address nor a declared host.",
                "Correct the base address, or declare the host for this connection."));
    }

    private URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw refused("HOST_NOT_DECLARED", "led to something that is no address (" + e.getReason() + ")");
        }
    }

    private static String authority(URI address) {
        return address.getHost().toLowerCase(Locale.ROOT) + ":" + port(address);
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    private static String join(String base, String path) {
        String head = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        return path.isEmpty() || path.startsWith("?") ? head + path : head + (path.startsWith("/") ? path : "/" + path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
