package dev.parley.command.decider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/// The rules stay rules: what they depend on, and what they may not know.
@AnalyzeClasses(
    packages = "dev.parley.command",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DeciderArchitectureTest {

  @ArchTest
  static final ArchRule DECIDER_KNOWS_ONLY_THE_JDK_AND_THE_SCHEMAS =
      classes()
          .that()
          .resideInAPackage("..decider")
          .should()
          .onlyDependOnClassesThat(
              com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                      "dev.parley.command.decider",
                      "dev.parley.schemas..",
                      "java.lang..",
                      "java.util..",
                      "org.jspecify.annotations")
                  .or(
                      com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo(
                          com.google.protobuf.ByteString.class)));

  @ArchTest
  static final ArchRule DECIDER_HAS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage("..decider")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Instant.class);

  @ArchTest
  static final ArchRule DECIDER_HAS_NO_RANDOM =
      noClasses()
          .that()
          .resideInAPackage("..decider")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(dev.parley.schemas.id.Ids.class, "uuid7");

  @ArchTest
  static final ArchRule TOPOLOGY_DOES_NOT_KNOW_THE_DOOR =
      noClasses()
          .that()
          .resideInAPackage("..topology")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..door");
}
