package dev.bailiff.gateway.docs;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;

/** The OpenAPI document of this server. */
@AllowedFor(Audience.EVERYBODY)
@Path("/_bailiff/openapi.yaml")
public final class OpenApiResource {

  @GET
  @Produces("application/yaml")
  public Response show() {
    return Response.ok(Document.YAML).header("Cache-Control", DocsFile.CACHED).build();
  }

  /** Joins the document at the first request, as most processes never get one. */
  private static final class Document {
    static final String YAML = OpenApiDocument.yaml(OpenApiDocument.read());
  }
}
