package dev.bailiff.homeserver.synapse.pace;

import dev.bailiff.homeserver.pace.LightCalls;
import dev.bailiff.homeserver.synapse.http.NoAnswerException;
import dev.bailiff.homeserver.synapse.http.UnexpectedAnswerException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time of calls to a Synapse. Those that it leaves without a good answer count too. */
record TimedCalls(Runnable calls) implements LightCalls {
  private static final Logger LOG = LoggerFactory.getLogger(TimedCalls.class);

  @Override
  public long time(LongSupplier nanos) {
    long begin = nanos.getAsLong();
    try {
      calls.run();
    } catch (NoAnswerException | UnexpectedAnswerException e) {
      LOG.debug("the probe's time ends with an error: {}", e.toString());
    }
    return nanos.getAsLong() - begin;
  }
}
