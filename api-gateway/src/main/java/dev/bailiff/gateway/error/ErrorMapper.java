package dev.bailiff.gateway.error;

import dev.bailiff.database.DatabaseFault;
import dev.bailiff.homeserver.batch.HomeserverUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns every exception of a resource or of Jersey into the one error body. */
public final class ErrorMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorMapper.class);

  @Override
  public Response toResponse(Throwable failure) {
    return response(replyTo(failure));
  }

  /** An error reply as Jersey sends it. */
  public static Response response(ErrorReply reply) {
    var response =
        Response.status(reply.status()).type(MediaType.APPLICATION_JSON_TYPE).entity(reply.json());
    reply.retryAfter().ifPresent(seconds -> response.header("Retry-After", seconds));
    return response.build();
  }

  /** The reply to the client for a failure; failures of ours are logged here. */
  public static ErrorReply replyTo(Throwable failure) {
    if (failure instanceof ApiException refused) {
      return refused.reply();
    }
    if (failure instanceof WebApplicationException raised
        && raised.getResponse().getStatus() < 500) {
      return ErrorReply.ofStatus(raised.getResponse().getStatus());
    }
    // Faults that Jetty finds in a request while reading it.
    if (failure instanceof HttpException bad && bad.getCode() < 500) {
      return ErrorReply.ofStatus(bad.getCode());
    }
    if (failure instanceof HomeserverUnavailableException away) {
      LOG.warn("request failed: {}", away.getMessage());
      return ErrorReply.homeserverAway();
    }
    var fault = DatabaseFault.of(failure);
    if (fault.isPresent()) {
      logFault(fault.get(), failure);
      return ErrorReply.of(fault.get());
    }
    LOG.error("request failed", failure);
    return ErrorReply.internal();
  }

  /** The pool logs once that the database is away; a log line for each call would add nothing. */
  private static void logFault(DatabaseFault fault, Throwable failure) {
    if (fault == DatabaseFault.AWAY) {
      LOG.debug("request failed", failure);
    } else {
      LOG.warn("request failed: {}", failure.toString());
    }
  }
}
