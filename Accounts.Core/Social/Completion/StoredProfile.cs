using System.Text.Json;
using System.Text.Json.Serialization;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Completion;

/// <summary>A profile as it waits in the database: whatever a profile has, and no more than it.</summary>
internal static class StoredProfile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new AddressConverter() },
    };

    public static string Write(ExternalProfile profile) => JsonSerializer.Serialize(profile, Options);

    public static ExternalProfile Read(string stored) => JsonSerializer.Deserialize<ExternalProfile>(stored, Options)!;

    private sealed class AddressConverter : JsonConverter<EmailAddress>
    {
        public override EmailAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            EmailAddress.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, EmailAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}
