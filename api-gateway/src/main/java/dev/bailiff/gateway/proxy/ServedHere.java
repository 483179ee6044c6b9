package dev.bailiff.gateway.proxy;

/** Decides which requests the gateway serves itself. */
@FunctionalInterface
public interface ServedHere {

  /**
   * Whether the gateway serves this request.
   *
   * @param rawPath as it was sent, without query
   */
  boolean test(String method, String rawPath);
}
