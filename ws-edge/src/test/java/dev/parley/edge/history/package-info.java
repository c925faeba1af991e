@org.jspecify.annotations.NullUnmarked
package dev.parley.edge.history;
