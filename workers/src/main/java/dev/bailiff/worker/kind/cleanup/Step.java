package dev.bailiff.worker.kind.cleanup;

import dev.bailiff.schemas.kind.Recipe;
import dev.bailiff.worker.kind.Deadline;
import dev.bailiff.worker.kind.StageContext;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A step of a recipe: some stages of another kind, with parameters of that kind.
 *
 * @param name the parameter that asks for the step
 * @param recipe the record of the recipe's parameters
 * @param asked whether the parameters ask for the step
 * @param inside the parameters that the stages of the step read
 */
record Step<P extends Record & Recipe>(
    String name, Class<P> recipe, Predicate<P> asked, Function<P, Record> inside) {

  boolean isAsked(StageContext context) {
    return asked.test(parameters(context));
  }

  /** Whether later steps leave a target alone for which this one failed. */
  boolean skipsTargets(StageContext context) {
    return parameters(context).skipsTargets();
  }

  /** The job as the stages of this step read it. */
  StageContext inside(StageContext context) {
    return inside(context, context.deadline());
  }

  /** The job as the stages of this step read it, for a call with a deadline of its own. */
  StageContext inside(StageContext context, Deadline deadline) {
    return new StageContext(context.job(), inside.apply(parameters(context)), deadline);
  }

  private P parameters(StageContext context) {
    return context.parametersAs(recipe);
  }
}
