package dev.parley.search.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.search.access.AccessRow;

/// How our records are written in Elasticsearch: snake case, lower-case enums, no nulls.
public final class Documents {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addMixIn(AccessRow.class, NamedRow.class)
          .build();

  private Documents() {}

  public static byte[] bytes(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Could not write " + document.getClass(), impossible);
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "row")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = AccessRow.Conversation.class, name = "conversation"),
    @JsonSubTypes.Type(value = AccessRow.Hidden.class, name = "hidden"),
    @JsonSubTypes.Type(value = AccessRow.Member.class, name = "member")
  })
  private interface NamedRow {}
}
