using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Users.Extra;

/// <summary>The fields that the setting gives to users here, in its order. What a user has in them is stored as one JSON object, in which others may stand from before.</summary>
public sealed class ExtraFields
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    private readonly ExtraField[] inToken;

    public ExtraFields(IOptions<ExtraFieldOptions> options)
    {
        All = ExtraFieldsReader.Read(options.Value.Fields).Fields;
        Writable = [.. All.Where(field => !field.IsReadOnly)];
        inToken = [.. All.Where(field => field.IsInToken)];
    }

    public IReadOnlyList<ExtraField> All { get; }

    /// <summary>Those that users write.</summary>
    public IReadOnlyList<ExtraField> Writable { get; }

    /// <summary>Whether access tokens tell any of them.</summary>
    public bool AnyInToken => inToken.Length > 0;

    /// <summary>All of them as a user sees them, whether their values would be taken today or not; null where there are none.</summary>
    /// <param name="stored">what the user has; null for nothing</param>
    public Dictionary<string, JsonElement>? Shown(string? stored)
    {
        if (All.Count == 0)
        {
            return null;
        }
        var values = Parse(stored);
        return All.ToDictionary(field => field.Name, field => values.TryGetProperty(field.Name, out var value) ? value : Null);
    }

    /// <summary>What access tokens tell of them, as a JSON object: whoever reads a token may rely on the schema. Null for nothing.</summary>
    /// <inheritdoc cref="Shown"/>
    public string? InToken(string? stored)
    {
        if (stored is null || !AnyInToken)
        {
            return null;
        }
        var values = Parse(stored);
        var told = inToken.Where(field => values.TryGetProperty(field.Name, out var value) && field.Fits(value))
            .Select(field => $"\"{field.Name}\":{values.GetProperty(field.Name).GetRawText()}").ToList();
        return told.Count > 0 ? $"{{{string.Join(',', told)}}}" : null;
    }

    /// <summary>What is stored after a change, in which null takes a value away; null for nothing. What is not named stays, be it of a field that another node knows.</summary>
    public static string? Changed(string? stored, IReadOnlyDictionary<string, JsonNode?> change)
    {
        if (change.Count == 0)
        {
            return stored;
        }
        var values = JsonObject.Create(Parse(stored))!;
        foreach (var (name, value) in change)
        {
            values.Remove(name);
            if (value is not null)
            {
                values[name] = value.DeepClone();
            }
        }
        return values.Count > 0 ? values.ToJsonString() : null;
    }

    /// <summary>An object in any case, whatever somebody has written into the table.</summary>
    private static JsonElement Parse(string? stored) =>
        stored is not null && JsonElement.Parse(stored) is { ValueKind: JsonValueKind.Object } values ? values : JsonElement.Parse("{}");
}
