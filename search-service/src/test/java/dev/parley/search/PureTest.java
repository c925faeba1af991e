package dev.parley.search;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.parley.search",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PureTest {

  private static final String[] PURE = {
    "dev.parley.search.text",
    "dev.parley.search.access",
    "dev.parley.search.message",
    "dev.parley.search.question"
  };

  @ArchTest
  static final ArchRule PURE_PACKAGES_KNOW_THE_JDK_AND_THE_SCHEMAS_ONLY =
      classes()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "com.google.protobuf..",
              "dev.parley.schemas..",
              "dev.parley.search.text",
              "dev.parley.search.access",
              "dev.parley.search.message",
              "dev.parley.search.question");

  @ArchTest
  static final ArchRule PURE_PACKAGES_HAVE_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");

  @ArchTest
  static final ArchRule QUERIES_DO_NOT_DEPEND_ON_REPLAY =
      noClasses()
          .that()
          .resideInAPackage("dev.parley.search.query")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.parley.search.replay");

  @ArchTest
  static final ArchRule KAFKA_CLIENTS_STAY_IN_THE_EVENT_LOG =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.apache.kafka..");
}
