package dev.bailiff.gateway.server;

import dev.bailiff.gateway.error.Errcode;
import dev.bailiff.gateway.error.ErrorReply;
import dev.bailiff.gateway.error.JettyErrorHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses a request line with a raw {@code #}. No client that speaks HTTP sends one, and Jetty
 * drops the text behind it: a call meant for one object would reach another.
 */
public final class WholeTargets extends Handler.Wrapper {
  private static final ErrorReply CUT =
      ErrorReply.of(400, Errcode.M_UNKNOWN, "The path holds a '#', which must be written as %23");

  /** Called while the server starts, before it accepts anything. */
  public void watch(Server server) {
    server.insertHandler(this);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (request.getHttpURI().asString().indexOf('#') < 0) {
      return super.handle(request, response, callback);
    }
    JettyErrorHandler.write(CUT, response, callback);
    return true;
  }
}
