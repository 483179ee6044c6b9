package dev.bailiff.gateway.proxy;

/** Learns how each passed call ended. */
@FunctionalInterface
public interface PassedCallMeter {

  /**
   * One call has ended.
   *
   * @param status of the answer
   * @param whole whether the client was sent the whole answer
   * @param nanos from the head of the request to the end of the answer
   */
  void ended(int status, boolean whole, long nanos);
}
