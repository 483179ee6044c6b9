package dev.bailiff.benchmark.stack;

import dev.bailiff.gateway.auth.AllowedFor;
import dev.bailiff.gateway.auth.Audience;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Gives an answer that needs neither token nor store, to measure the server at its best. */
@AllowedFor(Audience.EVERYBODY)
@Path(ConstantResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public final class ConstantResource {
  public static final String PATH = "/_bailiff/bench/constant";

  private volatile byte[] body = new byte[0];

  /** Answers with the same bytes each time. */
  @GET
  public byte[] get() {
    return body;
  }

  public void answer(byte[] bytes) {
    body = bytes.clone();
  }
}
