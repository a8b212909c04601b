package bellwether.http;

import bellwether.mapping.Template;
import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
        return of(request, UnaryOperator.identity());
    }

    /** The same with something filled into path and query, unless the path is an absolute address. */
    URI of(Request request, UnaryOperator<String> filling) {
        boolean absolute = request.path().matches("(?i)https?://.*");
        String path = absolute ? request.path() : filled(request.path(), filling);
        String address = absolute ? path : join(wire.base().toString(), path);
        StringJoiner query = new StringJoiner("&");
        request.query()
                .forEach(p -> query.add(Template.encode(p.name()) + "="
                        + Template.encode(absolute ? p.value() : filling.apply(p.value()))));
        if (query.length() > 0) {
            address += (address.indexOf('?') < 0 ? "?" : "&") + query;
        }
        return declared(parse(address));
    }

    /** The address without a query parameter. */
    static URI without(URI address, String name) {
        if (address.getRawQuery() == null) {
            return address;
        }
        String left = Arrays.stream(address.getRawQuery().split("&"))
                .filter(pair -> !URLDecoder.decode(pair.split("=", 2)[0], StandardCharsets.UTF_8)
                        .equals(name))
                .collect(Collectors.joining("&"));
        return replaced(address, left);
    }

    /** The address with one more query parameter. */
    static URI with(URI address, String name, String value) {
        String before = address.getRawQuery() == null ? "" : address.getRawQuery() + "&";
        return replaced(address, before + Template.encode(name) + "=" + Template.encode(value));
    }

    private static URI replaced(URI address, String query) {
        String text = address.toString().replaceAll("[?#].*", "");
        return URI.create(query.isEmpty() ? text : text + "?" + query);
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
        boolean declared = trusted(address)
                || wire.hosts().stream()
                        .anyMatch(known -> known.equals(host)
                                || known.equals(host + ":" + port(address))
                                || known.startsWith("*.") && host.endsWith(known.substring(1)));
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

    private static String filled(String path, UnaryOperator<String> filling) {
        String session = "{" + Template.SESSION + "}";
        return path.contains(session) ? path.replace(session, Template.encode(filling.apply(session))) : path;
    }
}
