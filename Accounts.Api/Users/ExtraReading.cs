using System.Text.Json.Nodes;
using Accounts.Api.Http;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.Users;

/// <summary>Reads what a body has of the extra fields; what their users do not write is ignored, as DRF ignores what is read-only.</summary>
public static class ExtraReading
{
    /// <param name="fields">of the body</param>
    /// <param name="partial">whether what must be filled may be left out</param>
    /// <returns>the values that came along; null for one that is to go, which a form can only say by a blank</returns>
    public static Dictionary<string, JsonNode?> Extra(this FieldReader fields, bool partial)
    {
        var extra = new Dictionary<string, JsonNode?>();
        foreach (var field in fields.Context.RequestServices.GetRequiredService<ExtraFields>().Writable)
        {
            var member = fields.Member(field.Name);
            if (field.IsRequired ? partial && member.IsMissing : member.IsMissing)
            {
                continue;
            }
            var isEmpty = !field.IsRequired && (member.Kind == FieldKind.Null || member.IsBlank);
            extra[field.Name] = isEmpty ? null : Read(fields, field, member);
        }
        return extra;
    }

    private static JsonValue? Read(FieldReader fields, ExtraField field, Field member) => field switch
    {
        ExtraText text => Text(fields, text, member),
        ExtraNumber number => Number(fields, number, member),
        _ => fields.Boolean(field.Name, member) is { } flag ? JsonValue.Create(flag) : null,
    };

    private static JsonValue? Text(FieldReader fields, ExtraText text, Field member)
    {
        if (fields.Text(text.Name, member) is not { } value)
        {
            return null;
        }
        foreach (var mistake in text.Mistakes(value))
        {
            fields.Errors.Add(text.Name, mistake);
        }
        return JsonValue.Create(value);
    }

    private static JsonValue? Number(FieldReader fields, ExtraNumber number, Field member)
    {
        if (fields.Number(number.Name, member, number.Invalid) is not { } value)
        {
            return null;
        }
        if (number.Mistake(value) is { } mistake)
        {
            fields.Errors.Add(number.Name, mistake);
            return null;
        }
        return number.IsWhole ? JsonValue.Create((long)value) : JsonValue.Create(value);
    }
}
