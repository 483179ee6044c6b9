package dev.bailiff.gateway.job.export;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Ends the connection of a reply that has begun and cannot be whole. Jersey would end such a reply
 * as any other, and the client would take what it has for all.
 */
final class ReplyCut {
  private ReplyCut() {}

  static void cut(HttpServletRequest request) {
    ServletContextRequest.getServletContextRequest(request)
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }
}
