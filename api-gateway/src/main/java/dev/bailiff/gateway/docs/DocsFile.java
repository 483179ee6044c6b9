package dev.bailiff.gateway.docs;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * A file of the page, from the class path.
 *
 * @param resource absolute name
 */
record DocsFile(String resource, String mediaType) {
  /** One hour: the page changes only with a release. */
  static final String CACHED = "public, max-age=3600";

  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";

  /** A file of ours. */
  static DocsFile own(String name, String mediaType) {
    return new DocsFile("/dev/bailiff/gateway/docs/" + name, mediaType);
  }

  /** A file of the WebJar of Swagger UI. */
  static DocsFile ofWebJar(String name, String mediaType) {
    return new DocsFile(WEBJAR + name, mediaType);
  }

  Response.ResponseBuilder reply() {
    StreamingOutput body =
        output -> {
          try (var file = open(resource)) {
            file.transferTo(output);
          }
        };
    return Response.ok(body, mediaType)
        .header("Cache-Control", CACHED)
        .header("X-Content-Type-Options", "nosniff");
  }

  private static String version() {
    var properties = new Properties();
    try (var file = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  private static InputStream open(String resource) {
    var file = DocsFile.class.getResourceAsStream(resource);
    if (file == null) {
      throw new IllegalStateException("no resource " + resource);
    }
    return file;
  }
}
