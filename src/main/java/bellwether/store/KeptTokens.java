package bellwether.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tokens of connections whose tool gives a new refresh token with every use. */
public final class KeptTokens implements bellwether.http.KeptTokens {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;
    private final Clock clock;
    private final String claimant = UUID.randomUUID().toString();

    public KeptTokens(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Optional<Kept> kept(String connection) {
        return store.read(h -> h.createQuery(
                        "SELECT content, expires_at FROM token WHERE connection = :connection AND content <> ''")
                .bind("connection", connection)
                .map((rs, ctx) -> kept(rs.getString("content"), Rows.optionalInstant(rs, "expires_at")))
                .findOne());
    }

    @Override
    public boolean claim(String connection, Instant until) {
        return store.write(h -> h.createUpdate("""
                        INSERT INTO token (connection, content, claimed_by, claimed_until)
                        VALUES (:connection, '', :me, :until)
                        ON CONFLICT (connection) DO UPDATE SET claimed_by = excluded.claimed_by,
                          claimed_until = excluded.claimed_until
                        WHERE token.claimed_until IS NULL OR token.claimed_until <= :now""")
                        .bind("connection", connection)
                        .bind("me", claimant)
                        .bind("until", until.toEpochMilli())
                        .bind("now", clock.millis())
                        .execute())
                > 0;
    }

    @Override
    public void keep(String connection, Kept kept) {
        store.change(h -> h.createUpdate("""
                        INSERT INTO token (connection, content, expires_at) VALUES (:connection, :content, :expires)
                        ON CONFLICT (connection) DO UPDATE SET content = excluded.content,
                          expires_at = excluded.expires_at, claimed_by = NULL, claimed_until = NULL""")
                .bind("connection", connection)
                .bind("content", content(kept))
                .bind("expires", Rows.millis(kept.renewAt()))
                .execute());
    }

    @Override
    public void release(String connection) {
        store.change(h -> h.createUpdate("""
                        UPDATE token SET claimed_by = NULL, claimed_until = NULL
                        WHERE connection = :connection AND claimed_by = :me""")
                .bind("connection", connection)
                .bind("me", claimant)
                .execute());
    }

    private static String content(Kept kept) {
        try {
            return JSON.writeValueAsString(
                    Map.of("origin", kept.origin(), "refresh", kept.refresh(), "access", kept.access()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Kept kept(String content, Instant renewAt) {
        try {
            JsonNode json = JSON.readTree(content);
            return new Kept(
                    json.path("origin").asText(),
                    json.path("refresh").asText(),
                    json.path("access").asText(),
                    renewAt);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The content of a kept token is not readable");
        }
    }
}
