// Package seeds holds the sample articles and the known entities.
package seeds
