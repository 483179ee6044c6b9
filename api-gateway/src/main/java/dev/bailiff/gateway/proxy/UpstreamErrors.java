package dev.bailiff.gateway.proxy;

import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;

/** The errors of a passed call for which the homeserver gave no answer. */
final class UpstreamErrors {
  private static final ErrorReply AWAY =
      ErrorReply.of(502, Errcode.M_UNKNOWN, "The homeserver cannot be reached");
  private static final ErrorReply BROKEN =
      ErrorReply.of(
          502, Errcode.M_UNKNOWN, "The homeserver broke off the connection before it answered");
  private static final ErrorReply UNREADABLE =
      ErrorReply.of(502, Errcode.M_UNKNOWN, "The answer of the homeserver is no HTTP");
  private static final ErrorReply SILENT =
      ErrorReply.of(504, Errcode.M_UNKNOWN, "The homeserver did not answer in time");

  /** No connection to the homeserver gets free, or the gateway is stopping. */
  private static final ErrorReply BUSY =
      ErrorReply.again(503, ErrorReply.ofStatus(503).text(), 1_000);

  /** Nobody reads it. The number is the one that nginx writes into its log. */
  private static final ErrorReply GONE =
      ErrorReply.of(499, Errcode.M_UNKNOWN, "The client is gone");

  private UpstreamErrors() {}

  /** The reply for a failure of the homeserver, or of the way to it. */
  static ErrorReply ofHomeserver(Throwable failure) {
    if (failure instanceof RejectedExecutionException) {
      return BUSY;
    }
    if (failure instanceof TimeoutException) {
      return SILENT;
    }
    if (failure instanceof HttpResponseException) {
      return UNREADABLE;
    }
    return neverConnected(failure) ? AWAY : BROKEN;
  }

  /** Whether there never was a connection. */
  private static boolean neverConnected(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof SocketTimeoutException
        || failure instanceof UnknownHostException
        || failure instanceof UnresolvedAddressException
        || failure instanceof SSLException;
  }

  /** The reply for a body that did not arrive. */
  static ErrorReply ofClient(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return ErrorReply.ofStatus(408);
    }
    return failure instanceof HttpException bad && bad.getCode() < 500
        ? ErrorReply.ofStatus(bad.getCode())
        : GONE;
  }
}
