package dev.bailiff.gateway.docs;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.error.ApiException;
import dev.bailiff.gateway.request.PathSegment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The OpenAPI document as a page, for people with a browser. */
@AllowedFor(Audience.EVERYBODY)
@Path("/_bailiff/docs")
public final class DocsResource {
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final DocsFile PAGE = DocsFile.own("index.html", "text/html;charset=utf-8");

  /** A closed list, so that no path leads to anything else of the class path. */
  private static final Map<String, DocsFile> FILES =
      Map.of(
          "start.js", DocsFile.own("start.js", SCRIPT),
          "swagger-ui-bundle.js", DocsFile.ofWebJar("swagger-ui-bundle.js", SCRIPT),
          "swagger-ui.css", DocsFile.ofWebJar("swagger-ui.css", "text/css;charset=utf-8"),
          "favicon-32x32.png", DocsFile.ofWebJar("favicon-32x32.png", "image/png"));

  /**
   * The page asks for an admin's token. It therefore loads nothing from other servers, sends
   * nothing to them, and is shown in no frame. Swagger UI's style sheet holds pictures as data.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  @GET
  public Response page() {
    return PAGE.reply()
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  @GET
  @Path("/{file}")
  public Response file(@PathParam("file") PathSegment name) {
    var file = FILES.get(name.value());
    if (file == null) {
      throw ApiException.notFound("The page has no such file");
    }
    return file.reply().build();
  }
}
