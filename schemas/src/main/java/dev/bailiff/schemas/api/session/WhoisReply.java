package dev.bailiff.schemas.api.session;

import java.util.List;
import java.util.Map;

/**
 * The connections at which a user was seen (admin-api 4.5, 4.6).
 *
 * @param devices by device id; one device with an empty id has all connections
 */
public record WhoisReply(String userId, Map<String, WhoisDevice> devices) {

  /** A device with its sessions. */
  public record WhoisDevice(List<WhoisSession> sessions) {}

  /** A session with its connections. */
  public record WhoisSession(List<WhoisConnection> connections) {}

  /**
   * An address from which a user connected.
   *
   * @param lastSeen ms since the epoch
   */
  public record WhoisConnection(String ip, long lastSeen, String userAgent) {}
}
