namespace Accounts.Api.Docs;

/// <summary>A body that an action reads by itself, where it must decide first whether to look at it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesBodyAttribute(Type type) : Attribute
{
    public Type Type => type;
}

/// <summary>A body that has the extra fields beside its own members.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesExtraFieldsAttribute : Attribute
{
    /// <summary>Whether any of them may be left out.</summary>
    public bool Partial { get; init; }
}

/// <summary>A cookie that an action reads where it comes along.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TakesCookieAttribute(string name, string text) : Attribute
{
    /// <summary>Without the prefix that <c>https</c> brings.</summary>
    public string Name => name;

    public string Text => text;
}

/// <summary>A cookie that an action's success sets or clears.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SetsCookieAttribute(string name, string text) : Attribute
{
    /// <summary>Without the prefix that <c>https</c> brings.</summary>
    public string Name => name;

    public string Text => text;
}

/// <summary>A header that an action reads where it comes along.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class TakesHeaderAttribute(string name, string text) : Attribute
{
    public string Name => name;

    public string Text => text;

    /// <summary>The values that mean something.</summary>
    public string[] Values { get; init; } = [];
}

/// <summary>Other credentials than the access token that <c>[Authorize]</c> demands.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesCredentialsAttribute(string scheme) : Attribute
{
    public const string Bearer = "bearer", Basic = "basic";

    public string Scheme => scheme;

    /// <summary>Whether it does without them, too.</summary>
    public bool Optional { get; init; }
}
