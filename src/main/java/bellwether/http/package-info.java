/**
 * How a declared API is asked, without a word about Camel: {@link bellwether.http.Caller} is the port, {@link bellwether.http.Wire} the
 * settings of one connection, {@link bellwether.http.Sender} the wire itself. The beans between them are the steps of
 * {@code routes/attempt.yaml}, in its order: {@link bellwether.http.Limiter} (may we?), {@link bellwether.http.Login} (with what?),
 * {@link bellwether.http.Gate} (is the other side well?), {@link bellwether.http.Courier} (there and back),
 * {@link bellwether.http.Classifier} (what does it mean?). What they learn about one call is kept in {@link bellwether.http.Call}, the
 * body of the message, so that headers carry nothing and can steer nothing.
 */
package bellwether.http;
