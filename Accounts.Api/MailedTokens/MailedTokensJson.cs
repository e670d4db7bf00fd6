using System.Text.Json.Serialization;

namespace Accounts.Api.MailedTokens;

[JsonSerializable(typeof(CodeMailedResponse))]
internal sealed partial class MailedTokensJson : JsonSerializerContext;
