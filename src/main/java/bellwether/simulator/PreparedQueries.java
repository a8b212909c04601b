package bellwether.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages of contacts, written once per distinct query and then served as bytes. */
final class PreparedQueries {
    private static final int MOST = 16;

    private record Line(List<Object> keys, byte[] json) {}

    /** All pages of one query: the records of each page, joined by commas. */
    private record Pages(String id, int total, int size, List<byte[]> records) {}

    private final Org org;
    private final Company company;
    private final int size;
    private final Map<String, Pages> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long issued = 1_000_000;

    PreparedQueries(Org org, Company company, int size) {
        this.org = org;
        this.company = company;
        this.size = size;
    }

    /** The page asked for, or null when the query is not for contacts. */
    synchronized Answer answer(Request request, String locator) {
        String path = request.path();
        String base = path.substring(0, path.indexOf("/query"));
        if (!locator.isEmpty()) {
            int dash = locator.lastIndexOf('-');
            for (Pages pages : kept.values()) {
                if (dash > 0 && pages.id().equals(locator.substring(0, dash))) {
                    return page(pages, Integer.parseInt(locator.substring(dash + 1)) / pages.size(), base);
                }
            }
            return null;
        }
        String soql = request.parameters().getOrDefault("q", "");
        Pages pages = kept.get(base + soql);
        if (pages == null) {
            Query query = Soql.parse(org.schema, soql);
            if (!query.type().name.equals("Contact") || query.count()) {
                return null;
            }
            pages = written(query, base);
            kept.put(base + soql, pages);
            if (kept.size() > MOST) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return page(pages, 0, base);
    }

    private Pages written(Query query, String base) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < company.contactCount(); i++) {
            Row row = Staff.row(org, company.contact(i));
            if (query.where().holds(new Query.Found(row, org))) {
                List<Object> keys = new ArrayList<>();
                query.orders().forEach(order -> keys.add(order.path().value(row, org)));
                lines.add(new Line(keys, QueryPages.record(query.fields(), row, base, org)));
            }
        }
        Comparator<Line> order = null;
        for (int k = 0; k < query.orders().size(); k++) {
            int at = k;
            Comparator<Object> values = query.orders().get(k).comparator();
            Comparator<Line> next =
                    (a, b) -> values.compare(a.keys().get(at), b.keys().get(at));
            order = order == null ? next : order.thenComparing(next);
        }
        if (order != null) {
            lines.sort(order);
        }
        int from = Math.min(query.offset(), lines.size());
        int to = (int) Math.min(lines.size(), (long) from + query.limit());
        return joined(lines.subList(from, to));
    }

    private Pages joined(List<Line> lines) {
        List<byte[]> pages = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += size) {
            java.io.ByteArrayOutputStream page = new java.io.ByteArrayOutputStream();
            for (Line line : lines.subList(from, Math.min(lines.size(), from + size))) {
                if (page.size() > 0) {
                    page.write(',');
                }
                page.writeBytes(line.json());
            }
            pages.add(page.toByteArray());
        }
        return new Pages(SalesforceId.of("01g", ++issued), lines.size(), size, pages);
    }

    private static Answer page(Pages pages, int number, String base) {
        boolean done = number + 1 >= pages.records().size();
        String more = done
                ? ""
                : ",\"nextRecordsUrl\":\"" + base + "/query/" + pages.id() + "-" + (number + 1) * pages.size() + "\"";
        byte[] head = ("{\"totalSize\":" + pages.total() + ",\"done\":" + done + more + ",\"records\":[")
                .getBytes(StandardCharsets.UTF_8);
        byte[] records = number < pages.records().size() ? pages.records().get(number) : Answer.NOTHING;
        byte[] body = new byte[head.length + records.length + 2];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(records, 0, body, head.length, records.length);
        body[body.length - 2] = ']';
        body[body.length - 1] = '}';
        return Answer.json(200, body);
    }
}
