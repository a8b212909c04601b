/**
 * What platform admins see and move over HTTP: handlers without Camel in them, one per kind of thing, each a public method that takes
 * the headers of a request and gives a value that becomes JSON, or throws a {@link bellwether.admin.Problem}. {@code routes/admin.yaml}
 * says which path leads to which method.
 */
package bellwether.admin;
