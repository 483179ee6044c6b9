package dev.bailiff.gateway.admin.session;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import dev.bailiff.gateway.auth.Call;
import dev.bailiff.schemas.api.session.VersionsReply;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The versions of the client API that clients may use here (admin-api 5.33). */
@AllowedFor(Audience.ANYBODY)
@Path("/_matrix/client/versions")
@Produces(MediaType.APPLICATION_JSON)
public final class VersionsResource {
  private static final int NEWEST = 15;
  private static final List<String> VERSIONS =
      Stream.concat(
              Stream.of(
                  "r0.0.1", "r0.1.0", "r0.2.0", "r0.3.0", "r0.4.0", "r0.5.0", "r0.6.0", "r0.6.1"),
              IntStream.rangeClosed(1, NEWEST).mapToObj(minor -> "v1." + minor))
          .toList();
  private static final String OF_NOBODY =
      "public, max-age=600, s-maxage=3600, stale-while-revalidate=600";

  @GET
  public Response show(@Context Call call) {
    var body = new VersionsReply(VERSIONS, Map.of());
    var response = Response.ok(body).header("Vary", "Authorization");
    if (call.caller().account().isEmpty()) {
      response.header("Cache-Control", OF_NOBODY);
    }
    return response.build();
  }
}
