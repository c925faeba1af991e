package dev.parley.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks a manifest as far as that goes without a cluster, with two models that complete each
/// other: the one of the Kubernetes project knows what is required, fabric8's knows every field and
/// its type. What is in neither list is refused.
final class ManifestValidator {

  private interface Required {
    void check(JsonElement manifest) throws IOException;
  }

  private record Model(Class<?> fields, Required required) {}

  /// No model of the Kubernetes project: the Gateway API is an extension.
  private static final Required NOT_KNOWN = _ -> {};

  private static final Map<String, Model> MODELS =
      Map.of(
          "apps/v1 Deployment",
          new Model(Deployment.class, V1Deployment::validateJsonElement),
          "apps/v1 StatefulSet",
          new Model(StatefulSet.class, V1StatefulSet::validateJsonElement),
          "v1 Service",
          new Model(Service.class, V1Service::validateJsonElement),
          "v1 ServiceAccount",
          new Model(ServiceAccount.class, V1ServiceAccount::validateJsonElement),
          "v1 Secret",
          new Model(Secret.class, V1Secret::validateJsonElement),
          "policy/v1 PodDisruptionBudget",
          new Model(PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
          "networking.k8s.io/v1 Ingress",
          new Model(Ingress.class, V1Ingress::validateJsonElement),
          "networking.k8s.io/v1 NetworkPolicy",
          new Model(NetworkPolicy.class, V1NetworkPolicy::validateJsonElement),
          "gateway.networking.k8s.io/v1 HTTPRoute",
          new Model(HTTPRoute.class, NOT_KNOWN));

  /// A cluster takes neither "2" for a number nor 2 for a text.
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts -> {
                texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
              })
          .build();

  private ManifestValidator() {}

  /// What is wrong, a sentence each; empty for a manifest without fault.
  static List<String> faults(JsonNode manifest) {
    var kind = manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText();
    var model = MODELS.get(kind);
    if (model == null) {
      return List.of("\"" + kind + "\" is not one of the kinds that are known here");
    }
    var faults = new ArrayList<String>();
    try {
      model.required().check(JsonParser.parseString(manifest.toString()));
    } catch (IOException | RuntimeException refused) {
      faults.add(kind + ": " + refused.getMessage());
    }
    try {
      var read = STRICT.readValue(manifest.toString(), model.fields());
      unknownFields(read, kind, faults);
    } catch (JsonProcessingException refused) {
      faults.add(kind + ": " + refused.getOriginalMessage());
    }
    return faults;
  }

  /// The model keeps what it does not know in maps of its own: whatever is in one is a fault.
  private static void unknownFields(@Nullable Object value, String path, List<String> faults) {
    switch (value) {
      case null -> {}
      case Iterable<?> items -> items.forEach(item -> unknownFields(item, path + "[]", faults));
      case Map<?, ?> map ->
          map.forEach((key, item) -> unknownFields(item, path + "." + key, faults));
      case Object object when object.getClass().getName().startsWith("io.fabric8.") ->
          fields(object, path, faults);
      default -> {}
    }
  }

  private static void fields(Object object, String path, List<String> faults) {
    for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !object.getClass().isEnum()) {
          field(object, field, path, faults);
        }
      }
    }
  }

  private static void field(Object object, Field field, String path, List<String> faults) {
    field.setAccessible(true);
    Object value;
    try {
      value = field.get(object);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
    if (field.getName().equals("additionalProperties")) {
      if (value instanceof Map<?, ?> unknown) {
        unknown.keySet().forEach(name -> faults.add(path + " has no field \"" + name + "\""));
      }
    } else {
      unknownFields(value, path + "." + field.getName(), faults);
    }
  }
}
