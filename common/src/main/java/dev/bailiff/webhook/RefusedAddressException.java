package dev.bailiff.webhook;

import java.net.UnknownHostException;

/** A host has an address that may not be called. Its message is for people. */
public final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  public RefusedAddressException(String message) {
    super(message);
  }
}
