namespace Accounts.Core.Failures;

/// <summary>All that is wrong with an input, by field name as on the wire. Collected first, thrown once.</summary>
public sealed class FieldErrors
{
    public const string NonField = "non_field_errors";

    public static readonly Sentence NullCharacter = "Null characters are not allowed.";

    private readonly Dictionary<string, List<Sentence>> messages = [];

    public IReadOnlyDictionary<string, List<Sentence>> Messages => messages;

    public bool Any => messages.Count > 0;

    public bool Has(string field) => messages.ContainsKey(field);

    public void Add(string field, Sentence message)
    {
        if (!messages.TryGetValue(field, out var list))
        {
            messages[field] = list = [];
        }
        list.Add(message);
    }

    /// <exception cref="InvalidInputException">when anything has been added</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new InvalidInputException(this);
        }
    }
}
