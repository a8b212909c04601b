package bellwether.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Unmistakable people, texts and secrets in the answers of a contract. */
final class Canaries {
    static final String SECRET = "apikey-canary-0f9e8d7c";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=_-]{8,}");

    private final Set<String> planted =
            new LinkedHashSet<>(List.of(SECRET, ContractAnswers.TOKEN, "Key~0_abcdefghijklmnopqrstuvwxyz"));
    private final Map<String, String> replaced = new HashMap<>();

    Set<String> planted() {
        return planted;
    }

    /** The log-in of a contract lets the canary's secret in. */
    static Contract letIn(Contract contract) {
        List<Contract.Exchange> all = new ArrayList<>();
        for (Contract.Exchange e : contract.exchanges()) all.add(changed(e, text(e.body()), e.answer(), e.headers()));
        return with(contract, all);
    }

    /** The same answers, told of other people, with more about them than any tool's file names. */
    Contract planted(Contract contract) {
        contract.expected().respondents().forEach(person -> {
            swap(person.path("email").asText(""), "canary.mail%d@canary-company.test");
            swap(person.path("name").asText(""), "Canaryna Me%dow");
            swap(person.path("phone").asText(""), "+49 151 77770%d1");
        });
        contract.expected()
                .responses()
                .forEach(one -> swap(one.path("comment").asText(""), "Canary comment %d, says Zed"));
        List<Contract.Exchange> all = new ArrayList<>();
        for (Contract.Exchange e : contract.exchanges()) {
            Map<String, String> headers = new HashMap<>(e.headers());
            headers.put("Set-Cookie", add("sid=canarycookie5511"));
            JsonNode answer = e.answer() == null ? null : e.answer().deepCopy();
            if (answer != null) plant(answer);
            Contract.Exchange other = changed(e, text(e.body()), answer, headers);
            all.add(e.answerBase64() == null ? other : packed(other, csv(e.answerBase64())));
        }
        return with(contract, all);
    }

    private static Contract.Exchange packed(Contract.Exchange e, String base64) {
        return new Contract.Exchange(
                e.method(), e.path(), e.query(), e.body(), e.status(), e.headers(), null, null, null, base64);
    }

    private void swap(String value, String canary) {
        if (value.length() > 2)
            replaced.computeIfAbsent(value, old -> add(String.format(canary, 10 + replaced.size())));
    }

    private String add(String canary) {
        planted.add(canary);
        return canary;
    }

    private void plant(JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode value = object.get(name);
                String other =
                        value.isTextual() ? replaced.get(value.textValue().strip()) : null;
                if (other != null) object.put(name, other);
                plant(value);
            }
            if (object.has("id") || object.has("responseId") || object.has("response_id")) more(object);
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::plant);
        }
    }

    private void more(ObjectNode row) {
        row.put("owner_note", add("Canary Manager Zedekiah"));
        row.put("company", add("Canarycorp Holding"));
        row.put("plan", add("canaryplan"));
        row.put("nick", add("canarynick77"));
        row.put("mobile", add("+49 1517777123"));
        row.put("ip", add("203.0.113.77"));
        row.put("ip6", add("2001:db8:77::abcd"));
        row.put("landline", 4930777712345L);
        add("4930777712345");
        row.put("home", add("https://canary-company.test/app?user=canaryuser5"));
        row.put("born", add("1977-07-17"));
        row.put("card", add("canary token eyJcanary"));
        row.put("echo", "Bearer " + SECRET);
        row.put(
                "raw",
                "{\"who\":\"" + add("canaryjson@canary-company.test") + "\",\"n\":[\"" + add("Canary nested") + "\"]}");
        row.put(
                "packed",
                Base64.getEncoder()
                        .encodeToString(add("canarybase64@canary-company.test").getBytes()));
        row.put("quoted", add("canarypercent@canary-company.test").replace("@", "%40"));
        row.putObject("custom")
                .putArray("canary list")
                .add(add("canaryitem one"))
                .addObject()
                .put("x", add("canarydeep"));
        row.putObject("by").put(add("canarykey@canary-company.test"), 1);
        row.put("html", "<p>" + add("Canary html") + "</p>");
    }

    private static JsonNode text(JsonNode body) {
        try {
            return body == null
                    ? null
                    : JSON.readTree(body.toString().replace("\"" + ContractTrial.SECRET + "\"", "\"" + SECRET + "\""));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Contract.Exchange changed(
            Contract.Exchange e, JsonNode body, JsonNode answer, Map<String, String> headers) {
        return new Contract.Exchange(
                e.method(),
                e.path(),
                e.query(),
                body,
                e.status(),
                headers,
                answer,
                e.packed(),
                e.answerText(),
                e.answerBase64());
    }

    private static Contract with(Contract c, List<Contract.Exchange> all) {
        return new Contract(
                c.tool(), c.evidence(), c.now(), c.again(), c.zone(), c.settings(), all, c.webhooks(), c.expected());
    }

    /** Whatever bytes begin at one of four places; of an end that is no whole byte nothing is left. */
    private static String decoded(String base64, int cut) {
        String part =
                base64.substring(cut).replaceAll("=", "").replace('-', '+').replace('_', '/');
        byte[] bytes = Base64.getDecoder().decode(part.substring(0, part.length() / 4 * 4));
        return unzipped(bytes) + new String(bytes, StandardCharsets.UTF_8);
    }

    /** The first file of a zip, or nothing. */
    private static String unzipped(byte[] bytes) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    /** A CSV file in a zip, with a column more. */
    private String csv(String base64) {
        String[] lines =
                unzipped(Base64.getMimeDecoder().decode(base64)).strip().split("[\\r\\n]+");
        StringBuilder rows = new StringBuilder(lines[0]).append(",Remark\n");
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i];
            for (var canary : replaced.entrySet()) line = line.replace(canary.getKey(), canary.getValue());
            rows.append(line).append(',').append(add("Canary remark " + i)).append('\n');
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("a.csv"));
            zip.write(rows.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /** Those that stand in a text: plain, percent-encoded, or in anything that may be base64. */
    Set<String> in(String text) {
        StringBuilder all = new StringBuilder(text).append('\n');
        all.append(URLDecoder.decode(text.replaceAll("%(?![0-9a-fA-F]{2})", "%25"), StandardCharsets.UTF_8));
        BASE64.matcher(text).results().forEach(found -> {
            for (int cut = 0; cut < 4; cut++) all.append('\n').append(decoded(found.group(), cut));
        });
        String whole = all.toString().toLowerCase(java.util.Locale.ROOT);
        Set<String> left = new TreeSet<>();
        for (String canary : planted) if (whole.contains(canary.toLowerCase(java.util.Locale.ROOT))) left.add(canary);
        if (whole.contains("canary") && left.isEmpty()) {
            int at = whole.indexOf("canary");
            String around = whole.substring(Math.max(0, at - 20), Math.min(whole.length(), at + 20));
            if (!around.contains(ContractTrial.SECRET)) left.add("…" + around + "…");
        }
        return left;
    }
}
