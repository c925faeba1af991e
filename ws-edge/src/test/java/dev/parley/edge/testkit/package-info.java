/// What stands in for the world in tests of the pure parts.
package dev.parley.edge.testkit;
