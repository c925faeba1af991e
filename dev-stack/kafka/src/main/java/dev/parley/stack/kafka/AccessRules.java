package dev.parley.stack.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/// The rules of a file, each line the arguments of `kafka-acls.sh --add`; `#` begins a comment.
final class AccessRules {

  private AccessRules() {}

  /// The broker has these rules and no others.
  static void put(Path file, String broker, Properties guard)
      throws IOException, InterruptedException, ExecutionException {
    Properties admin = new Properties();
    guard.stringPropertyNames().stream()
        .filter(name -> name.startsWith("ssl.k") || name.startsWith("ssl.t"))
        .forEach(name -> admin.put(name, guard.getProperty(name)));
    admin.put("bootstrap.servers", broker);
    admin.put("security.protocol", "SSL");
    try (Admin client = Admin.create(admin)) {
      List<AclBinding> rules = read(file);
      List<AclBinding> old =
          new ArrayList<>(client.describeAcls(AclBindingFilter.ANY).values().get());
      old.removeAll(rules);
      client.deleteAcls(old.stream().map(AclBinding::toFilter).toList()).all().get();
      client.createAcls(rules).all().get();
    }
  }

  static List<AclBinding> read(Path file) throws IOException {
    List<AclBinding> rules = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        rules.addAll(rules(line.strip().split("\\s+", -1)));
      }
    }
    return rules;
  }

  /// As the command line writes it: `DescribeConfigs`.
  private static AclOperation operation(String word) {
    return AclOperation.valueOf(
        word.replaceAll("(?<=[a-z])([A-Z])", "_$1").toUpperCase(Locale.ROOT));
  }

  private static List<AclBinding> rules(String[] words) {
    List<String> principals = new ArrayList<>();
    List<AclOperation> operations = new ArrayList<>();
    List<Resource> resources = new ArrayList<>();
    PatternType pattern = PatternType.LITERAL;
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--allow-principal" -> principals.add(words[++i]);
        case "--operation" -> operations.add(operation(words[++i]));
        case "--topic" -> resources.add(new Resource(ResourceType.TOPIC, words[++i]));
        case "--group" -> resources.add(new Resource(ResourceType.GROUP, words[++i]));
        case "--transactional-id" ->
            resources.add(new Resource(ResourceType.TRANSACTIONAL_ID, words[++i]));
        case "--cluster" -> resources.add(new Resource(ResourceType.CLUSTER, "kafka-cluster"));
        case "--resource-pattern-type" ->
            pattern = PatternType.valueOf(words[++i].toUpperCase(Locale.ROOT));
        default ->
            throw new IllegalArgumentException(
                "Expected an argument of kafka-acls.sh, but found " + words[i]);
      }
    }
    List<AclBinding> rules = new ArrayList<>();
    for (String principal : principals) {
      for (Resource resource : resources) {
        for (AclOperation operation : operations) {
          rules.add(
              new AclBinding(
                  new ResourcePattern(resource.resourceType(), resource.name(), pattern),
                  new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)));
        }
      }
    }
    return rules;
  }
}
