package dev.bailiff.gateway.duty;

import dev.bailiff.access.TokenRevocations;
import dev.bailiff.duty.DaemonThreads;
import io.dropwizard.lifecycle.Managed;
import java.util.Optional;

/** Runs the listener to revoked tokens for as long as the gateway runs. */
public final class RevocationThread implements Managed {
  private final TokenRevocations listener;
  private final Thread thread;

  public RevocationThread(TokenRevocations listener) {
    this.listener = listener;
    this.thread = DaemonThreads.named("token-revocations").newThread(listener);
  }

  @Override
  public void start() {
    thread.start();
  }

  /** The current fault of the listener; empty if there is no fault. */
  public Optional<String> complaint() {
    return thread.isAlive()
        ? listener.complaint()
        : Optional.of("revoked tokens are not listened to");
  }

  @Override
  public void stop() throws InterruptedException {
    listener.close();
    thread.join(2_000);
  }
}
