package mutirao.platform.rest;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.lang.reflect.ParameterizedType;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.api.PageRequest;
import mutirao.api.Perto;
import mutirao.platform.command.Receipt;
import mutirao.platform.command.Sender;
import mutirao.platform.identity.Access;
import mutirao.platform.identity.Actor;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigParameters;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.ui.SwaggerWelcomeWebMvc;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.UriComponentsBuilder;

/// Says in the OpenAPI what the argument resolvers, filters and advices of this package do.
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class OpenApiConfig {
    private static final String TOKEN = "token";

    private static final String PROBLEM = "Problem";
    private static final String ROLES = "x-roles";

    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Sender.class, Actor.class, PageRequest.class, Perto.class, MergePatch.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Mutirão")
                        .version("1")
                        .description("Uma rede de solidariedade: o que falta, o que se oferece, quem leva."))
                // Where it was read from; springdoc would write what the request's `Host` says.
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSchemas(PROBLEM, problem())
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("Um token de acesso, sem a palavra `Bearer`.")
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    /// Names no address: the browser knows where it is, and springdoc would believe `Host`, `Forwarded` and
    /// `X-Forwarded-*` of whoever asks.
    @Bean
    SwaggerWelcomeWebMvc swaggerWelcome(
            SwaggerUiConfigProperties ui,
            SpringDocConfigProperties springdoc,
            ObjectProvider<SpringWebProvider> paths) {
        return new SwaggerWelcomeWebMvc(ui, springdoc, paths) {
            @Override
            protected void calculateOauth2RedirectUrl(SwaggerUiConfigParameters config, UriComponentsBuilder asked) {
                config.setOauth2RedirectUrl(""); // a relative one is no address that a client may have
            }
        };
    }

    /// Who may call each operation.
    @Bean
    OperationCustomizer access() {
        return (operation, method) -> {
            var known = operation.getExtensions() != null
                    && operation.getExtensions().containsKey(ROLES);
            if (!known) { // by another method that answers it in another type
                Access.of(method.getMethod()).ifPresent(access -> describe(operation, access));
            }
            return operation;
        };
    }

    /// What the Swagger UI shows together, by the first word of the path; it would be one part for each controller.
    @Bean
    OpenApiCustomizer parts() {
        return api -> api.getPaths()
                .forEach((path, item) ->
                        item.readOperations().forEach(operation -> operation.setTags(List.of(path.split("/", -1)[2]))));
    }

    @Bean
    OpenApiCustomizer examples(Clock clock) {
        return api -> {
            var examples = new RequestExamples(api, clock);
            api.getPaths().values().stream()
                    .map(PathItem::getPost)
                    .filter(Objects::nonNull)
                    .forEach(examples::give);
        };
    }

    private static void describe(Operation operation, Access access) {
        if (access.withoutToken()) {
            operation.setSecurity(List.of());
        }
        var before = operation.getDescription() == null ? "" : operation.getDescription() + "\n\n";
        operation.setDescription(before + access.inWords());
        operation.addExtension(ROLES, access.roles());
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("code", new StringSchema().description("stable, UPPER_SNAKE"))
                .addProperty("traceId", new StringSchema())
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(new ObjectSchema()
                                        .addProperty("field", new StringSchema())
                                        .addProperty("message", new StringSchema())));
    }

    @Bean
    OperationCustomizer whatIsAroundEveryController() {
        return (operation, method) -> {
            for (var parameter : method.getMethodParameters()) {
                describe(operation, method, parameter);
            }
            if (method.getBeanType().isAnnotationPresent(ReadsFrom.class)) {
                operation.addParametersItem(query("minPosition", new StringSchema())
                        .description("answer only once the read model has passed this position (503 after 5 s)"));
            }
            operation
                    .getResponses()
                    .addApiResponse(
                            "default",
                            new ApiResponse()
                                    .description("a problem; `code` says which")
                                    .content(new Content()
                                            .addMediaType(
                                                    "application/problem+json", new MediaType().schema(ref(PROBLEM)))));
            return operation;
        };
    }

    private static void describe(Operation operation, HandlerMethod method, MethodParameter parameter) {
        var type = parameter.getParameterType();
        if (type == Sender.class) {
            if (method.getReturnType().getParameterType() == Receipt.class) {
                operation.addParametersItem(
                        header("Idempotency-Key", null).description("the same key and body take effect once"));
                operation.addParametersItem(
                        header("If-Match", null).description("`\"<version>\"`: 412 if it is not the current one"));
            }
        } else if (type == PageRequest.class) {
            operation.addParametersItem(query(
                    "limit", new IntegerSchema().minimum(BigDecimal.ONE).maximum(new BigDecimal(PageRequest.MAX))));
            operation.addParametersItem(query("cursor", new StringSchema()).description("`next` of the page before"));
            operation.addParametersItem(
                    query("sort", new StringSchema()).description("a field, `-` before it for descending"));
        } else if (type == Perto.class) {
            operation.addParametersItem(
                    query("near", new StringSchema()).description("`latitude,longitude` in degrees"));
            operation.addParametersItem(query("radiusKm", new NumberSchema().format("double"))
                    .description("around `near`, above 0 to 20040; 10 where it is not given"));
        } else if (type == MergePatch.class) {
            operation.setRequestBody(patch(parameter));
        }
    }

    /// The patch's schema stands in place: nothing else refers to it.
    private static RequestBody patch(MethodParameter parameter) {
        var of = ((ParameterizedType) parameter.getGenericParameterType()).getActualTypeArguments()[0];
        var resolved =
                ModelConverters.getInstance(true).resolveAsResolvedSchema(new AnnotatedType(of).resolveAsRef(false));
        var content = new Content();
        Arrays.stream(MergePatch.MEDIA_TYPES)
                .forEach(type -> content.addMediaType(
                        type, new MediaType().schema(inline(resolved.schema, resolved.referencedSchemas))));
        return new RequestBody().required(true).content(content);
    }

    @SuppressWarnings("rawtypes") // swagger's own types
    private static Schema<?> inline(Schema<?> schema, Map<String, Schema> referenced) {
        if (schema.getProperties() != null) {
            schema.getProperties().replaceAll((name, property) -> inlined(property, referenced));
        }
        return schema;
    }

    @SuppressWarnings("rawtypes") // swagger's own types
    private static Schema inlined(Schema property, Map<String, Schema> referenced) {
        if (property.getItems() != null) {
            property.setItems(inlined(property.getItems(), referenced));
        }
        if (property.get$ref() == null) {
            return property;
        }
        var name = property.get$ref().substring(property.get$ref().lastIndexOf('/') + 1);
        return inline(requireNonNull(referenced.get(name)), referenced);
    }

    private static Schema<?> ref(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static Parameter query(String name, Schema<?> schema) {
        return new Parameter().in("query").name(name).schema(schema);
    }

    private static Parameter header(String name, @Nullable String format) {
        return new Parameter().in("header").name(name).schema(new StringSchema().format(format));
    }
}
