package dev.bailiff.gateway.abuse;

import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The same requests in each run, unless asked for others: {@code -Dbailiff.abuse.seed=N} and {@code
 * -Dbailiff.abuse.tries=N}. jqwik prints the seed with each property.
 */
final class CiSeed implements AroundPropertyHook {
  private static final long OF_CI = 20261123;

  @Override
  public PropertyExecutionResult aroundProperty(
      PropertyLifecycleContext context, PropertyExecutor property) {
    var attributes = context.attributes();
    attributes.setSeed(Long.toString(Long.getLong("bailiff.abuse.seed", OF_CI)));
    var tries = Integer.getInteger("bailiff.abuse.tries");
    // An example has one try.
    if (tries != null && attributes.tries().filter(usual -> usual > 1).isPresent()) {
      attributes.setTries(tries);
    }
    return property.execute();
  }

  /** Applies to each property of the class that has it. */
  @Override
  public PropagationMode propagateTo() {
    return PropagationMode.ALL_DESCENDANTS;
  }

  /** Runs before jqwik's own hook, which reads the values set here. */
  @Override
  public int aroundPropertyProximity() {
    return -100;
  }
}
