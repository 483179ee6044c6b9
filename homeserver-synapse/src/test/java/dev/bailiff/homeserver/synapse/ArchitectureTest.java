package dev.bailiff.homeserver.synapse;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.bailiff.testing.architecture.ArchitectureRules;

@AnalyzeClasses(packages = "dev.bailiff", importOptions = ArchitectureRules.ProductionCode.class)
class ArchitectureTest {

  @ArchTest static final ArchRule PACKAGES_FORM_NO_CYCLE = ArchitectureRules.PACKAGES_FORM_NO_CYCLE;

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_IS = ArchitectureRules.NAMES_SAY_WHAT_A_CLASS_IS;

  @ArchTest
  static final ArchRule INTERFACES_HAVE_NO_PREFIX = ArchitectureRules.INTERFACES_HAVE_NO_PREFIX;

  @ArchTest
  static final ArchRule SYNAPSE_IS_REACHED_BY_HTTP_ALONE =
      ArchitectureRules.SYNAPSE_IS_REACHED_BY_HTTP_ALONE;

  @ArchTest
  static final ArchRule ONE_PACKAGE_OF_SYNAPSE_KNOWS_THE_HTTP_CLIENT =
      ArchitectureRules.ONE_PACKAGE_OF_SYNAPSE_KNOWS_THE_HTTP_CLIENT;

  @ArchTest
  static final ArchRule JETTYS_CLIENT_HAS_ITS_PLACES =
      ArchitectureRules.JETTYS_CLIENT_HAS_ITS_PLACES;
}
