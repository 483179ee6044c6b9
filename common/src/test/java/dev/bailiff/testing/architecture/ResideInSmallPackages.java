package dev.bailiff.testing.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Limits the size of a package, so that a reader can survey it. Nested classes do not count. */
final class ResideInSmallPackages extends ArchCondition<JavaClass> {
  private final int most;
  private final Set<String> exceptions;
  private final Map<String, Integer> sizes = new HashMap<>();

  ResideInSmallPackages(int most, Set<String> exceptions) {
    super("reside in packages of at most " + most + " classes, or in one of " + exceptions);
    this.most = most;
    this.exceptions = exceptions;
  }

  @Override
  public void init(Collection<JavaClass> all) {
    sizes.clear();
    all.stream()
        .filter(ResideInSmallPackages::counts)
        .forEach(type -> sizes.merge(type.getPackageName(), 1, Integer::sum));
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    int size = sizes.getOrDefault(type.getPackageName(), 0);
    if (counts(type) && size > most && !exceptions.contains(type.getPackageName())) {
      events.add(
          SimpleConditionEvent.violated(
              type, type.getName() + " is one of " + size + " in its package"));
    }
  }

  private static boolean counts(JavaClass type) {
    return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
  }
}
