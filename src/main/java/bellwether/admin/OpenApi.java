package bellwether.admin;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.openapi.BeanConfig;
import org.apache.camel.openapi.RestOpenApiReader;
import org.apache.camel.openapi.RestOpenApiSupport;

/** The API as OpenAPI 3, read from the routes themselves, so that it lists what is there. */
public final class OpenApi {
    private final CamelContext context;

    public OpenApi(CamelContext context) {
        this.context = context;
    }

    /** Its one server is "/", which a client resolves against the address it read this from: right behind any proxy, on any port. */
    public Map<?, ?> document(Map<String, Object> headers) throws Exception {
        Ask.of(headers).done();
        var config = new BeanConfig();
        config.setInfo(new Info()
                .title("Bellwether")
                .version("1")
                .description("Watch and move a sync daemon that brings NPS to a CRM."));
        var rests =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRestDefinitions();
        OpenAPI api =
                new RestOpenApiReader().read(context, rests, config, context.getName(), context.getClassResolver());
        api.setServers(List.of(new Server().url("/")));
        api.setTags(null);
        api.schemaRequirement(
                "token", new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"));
        api.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> complete(path, operation)));
        return Json.mapper().readValue(RestOpenApiSupport.getJsonFromOpenAPIAsString(api, config), Map.class);
    }

    private static void complete(String path, Operation operation) {
        operation.setExtensions(null);
        operation.setResponses(new ApiResponses()
                .addApiResponse("2XX", new ApiResponse().description("JSON").content(json("application/json")))
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("A problem document (RFC 9457) with a stable code and advice")
                                .content(json("application/problem+json"))));
        if (!path.startsWith(Guard.OPEN)) {
            operation.addSecurityItem(new SecurityRequirement().addList("token"));
        }
    }

    private static Content json(String type) {
        return new Content().addMediaType(type, new MediaType().schema(new ObjectSchema()));
    }
}
