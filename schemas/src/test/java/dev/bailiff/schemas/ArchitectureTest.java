package dev.bailiff.schemas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * The two rules of this module. The modules above check the other rules for this module as well.
 */
@AnalyzeClasses(
    packages = "dev.bailiff.schemas",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule DEPENDS_ON_NOTHING_OF_OURS =
      ArchRuleDefinition.noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.bailiff..")
                  .and(resideOutsideOfPackage("dev.bailiff.schemas..")));

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.bailiff.(**)").should().beFreeOfCycles();
}
