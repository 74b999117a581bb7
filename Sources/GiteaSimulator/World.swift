public enum PlaceholderSimulator {}
